DELETE DATA { her2:Negated a her2:Polarity }
