DELETE DATA { her2:HER2Gene skos:exactMatch ncbigene:2064, <https://www.genenames.org/data/gene-symbol-report/#!/hgnc_id/HGNC:3430> }
