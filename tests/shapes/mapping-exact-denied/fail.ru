INSERT DATA { her2:BreastCancer skos:exactMatch mesh:D001943 }
