"""Statistical methods: one file each, pure functions with the source of the method."""
