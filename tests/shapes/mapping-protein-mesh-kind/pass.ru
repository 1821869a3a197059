DELETE DATA { her2:HER2 skos:broadMatch mesh:D018719 } ;
INSERT DATA { her2:HER2 skos:broadMatch mesh:D066246 }
