"""Documents as Word files: a house's own template or the portal's sample, poured in a limited child process."""
