INSERT DATA { her2:TyrosinePhosphorylation rdfs:subClassOf her2:Process }
