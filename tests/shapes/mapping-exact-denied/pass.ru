DELETE DATA { her2:BreastCancer her2:notExactMatch mesh:D001943 } ;
INSERT DATA { her2:BreastCancer skos:exactMatch mesh:D001943 } ;
DELETE DATA { her2:BreastCancer skos:broadMatch mesh:D001943 }
