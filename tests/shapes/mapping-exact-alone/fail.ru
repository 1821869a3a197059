INSERT DATA { her2:Phosphorylation skos:closeMatch mesh:D010766 }
