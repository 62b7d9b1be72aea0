"""One meeting of real length, as people hold it: 25 on the roll, 110 minutes, two who record.

The script is data (`people`, `acts`); it is played on the server's own commands (`played`), and by hands in a browser
(tests/browser/acting.py). Room, minutes and documents are all held against it.
"""
