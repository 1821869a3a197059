INSERT DATA { GRAPH graph:asserted { her2:HER3 her2:memberOf her2:HERFamily } }
