package io.tollgate.examples.report.paint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ReferencesTest {
    @Test
    void shouldLeaveNoGapWhereAReferenceWas() {
        assertEquals("Rates, imports; more (much).", References.strip("Rates [12], imports [3] [4]; more (much [5])."));
    }

    @Test
    void shouldLinkOnlyReferencesThatHaveASource() {
        assertEquals("a <a class=\"ref\" href=\"#source_2\">[2]</a> b [3]", References.link("a [2] b [3]", 2));
    }
}
