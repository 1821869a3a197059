DELETE DATA { her2:HER2Gene skos:closeMatch mesh:D018734 } ;
INSERT DATA { her2:HER2Gene skos:closeMatch mesh:D018719 }
