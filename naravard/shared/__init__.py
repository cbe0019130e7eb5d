"""What app servers share beside the figures: tables, in a file of the data folder or in a PostgreSQL; and documents."""
