"""Where a person's work goes into the files of the project: new terms of the ontology."""
