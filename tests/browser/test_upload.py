"""An analyst's work in the browser: a messy file, its errors, the mended file, the difference, publication, restore."""
