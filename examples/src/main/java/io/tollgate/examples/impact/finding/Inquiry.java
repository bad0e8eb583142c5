package io.tollgate.examples.impact.finding;

import io.tollgate.examples.impact.source.Sources;

/**
 * What a chapter needs to ask and to note.
 *
 * @param answers  of the engine.
 * @param sources  to cite.
 * @param findings to add to.
 */
public record Inquiry(Answers answers, Sources sources, Findings findings) {}
