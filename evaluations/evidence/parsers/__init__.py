"""Reading what strangers have made: runs only in the limited child process, knows no Django and no database."""
