"""A verdict of a closed stage put right: by the administrator, with a document, settled anew, told to everybody."""
