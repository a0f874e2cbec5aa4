"""People and offices that come as a spreadsheet: read, laid beside what stands, taken all or not at all."""
