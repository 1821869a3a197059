DELETE DATA { her2:Phosphorylation skos:exactMatch mesh:D010766 } ;
INSERT DATA { her2:Phosphorylation skos:closeMatch mesh:D010766 }
