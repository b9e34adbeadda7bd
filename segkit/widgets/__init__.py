"""What a reader touches: each widget is three files of one name, thing.py, thing.js and thing.css."""
