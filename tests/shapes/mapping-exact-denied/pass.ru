DELETE DATA { her2:LigandOrphanReceptor her2:notExactMatch go:0005115 } ;
INSERT DATA { her2:LigandOrphanReceptor skos:exactMatch go:0005115 }
