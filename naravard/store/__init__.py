"""Where counts are kept: numbered, immutable snapshots, each published by one atomic rename."""
