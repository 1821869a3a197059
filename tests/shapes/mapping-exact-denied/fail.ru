INSERT DATA { her2:LigandOrphanReceptor skos:exactMatch go:0005115 }
