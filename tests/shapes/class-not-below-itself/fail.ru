INSERT DATA { her2:Phosphorylation rdfs:subClassOf her2:TyrosinePhosphorylation }
