package io.tollgate.examples.impact.chapter;

import io.tollgate.examples.impact.finding.Inquiry;
import io.tollgate.examples.report.model.Section;

/**
 * One question of the study. A chapter queries the engine, records its findings, and writes its section of the report.
 */
public interface Chapter {
    /**
     * Queries the engine and writes the section.
     *
     * @param inquiry to query and to record.
     * @return the section.
     */
    Section write(Inquiry inquiry);
}
