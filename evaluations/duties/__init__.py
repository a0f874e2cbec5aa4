"""Who answers which question: lead and support, changed in place or by spreadsheet."""
