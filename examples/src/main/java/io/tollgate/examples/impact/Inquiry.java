package io.tollgate.examples.impact;

/**
 * What a chapter needs to ask and to note.
 *
 * @param answers  of the engine.
 * @param sources  to cite.
 * @param findings to add to.
 */
record Inquiry(Answers answers, Sources sources, Findings findings) {}
