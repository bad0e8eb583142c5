package io.tollgate.examples.impact;

import io.tollgate.examples.report.Section;

/** One question of the study: asks the engine, notes what it found, and writes its section of the report. */
interface Chapter {
    /**
     * Asks and writes.
     *
     * @param inquiry to ask and to note.
     * @return the section.
     */
    Section write(Inquiry inquiry);
}
