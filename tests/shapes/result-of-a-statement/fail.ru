INSERT DATA { <https://w3id.org/her2ld/statement/none-p> a her2:Result ; her2:significance her2:Significant }
