"""Where counts are kept: numbered, immutable snapshots."""
