"""How a protected figure is told in Swedish, in sentences and in tables, whatever it is shown in."""
