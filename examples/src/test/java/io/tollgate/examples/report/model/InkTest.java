package io.tollgate.examples.report.model;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InkTest {
    /** Contrast that WCAG 2 requires for small text at level AA. */
    private static final double LEAST_CONTRAST = 4.5;

    @ParameterizedTest
    @EnumSource(names = {"TEXT", "MUTED", "S0", "S1", "S2", "S3", "S4", "S5", "S6", "S7"})
    void shouldStandOutFromLightAndDarkPaperAndFromBands(final Ink ink) {
        assertContrast(ink.light(), Ink.PAPER.light());
        assertContrast(ink.dark(), Ink.PAPER.dark());
        assertContrast(ink.dark(), Ink.BAND.dark());
        assertTrue(contrast(ink.light(), Ink.BAND.light()) >= 3, ink + " on a band");
    }

    private static void assertContrast(final String ink, final String paper) {
        final double contrast = contrast(ink, paper);
        assertTrue(contrast >= LEAST_CONTRAST, ink + " on " + paper + ": " + contrast);
    }

    /** Returns (L1 + 0.05) / (L2 + 0.05); L is the relative luminance as defined by WCAG 2. */
    private static double contrast(final String one, final String other) {
        final double lighter = Math.max(luminance(one), luminance(other));
        final double darker = Math.min(luminance(one), luminance(other));
        return (lighter + 0.05) / (darker + 0.05);
    }

    private static double luminance(final String colour) {
        final double[] weights = {0.2126, 0.7152, 0.0722};
        double luminance = 0;
        for (int i = 0; i < weights.length; i++) {
            final double share = Integer.parseInt(colour.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
            luminance += weights[i] * (share <= 0.03928 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4));
        }
        return luminance;
    }
}
