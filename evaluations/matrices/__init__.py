"""Tables that questions ask for: rows as data, typed, pasted or read from a spreadsheet."""
