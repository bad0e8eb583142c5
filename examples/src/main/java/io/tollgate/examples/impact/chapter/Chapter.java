package io.tollgate.examples.impact.chapter;

import io.tollgate.examples.impact.finding.Inquiry;
import io.tollgate.examples.report.model.Section;

/** One question of the study: asks the engine, notes what it found, and writes its section of the report. */
public interface Chapter {
    /**
     * Asks and writes.
     *
     * @param inquiry to ask and to note.
     * @return the section.
     */
    Section write(Inquiry inquiry);
}
