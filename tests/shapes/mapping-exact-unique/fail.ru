DELETE DATA { her2:TyrosinePhosphorylation skos:broadMatch mesh:D010766 } ;
INSERT DATA { her2:TyrosinePhosphorylation skos:exactMatch mesh:D010766 }
