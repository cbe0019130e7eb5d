"""What all other folders share: words, errors, settings, the register of kommuner, periods, numbers."""
