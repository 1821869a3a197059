INSERT DATA { her2:HER2Phosphorylation owl:deprecated true ; dcterms:isReplacedBy her2:HER2TyrosinePhosphorylation }
