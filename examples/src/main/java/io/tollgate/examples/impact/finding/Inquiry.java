package io.tollgate.examples.impact.finding;

import io.tollgate.examples.impact.source.Sources;

/**
 * The context of a chapter.
 *
 * @param answers  of the engine.
 * @param sources  to cite.
 * @param findings to add to.
 */
public record Inquiry(Answers answers, Sources sources, Findings findings) {}
