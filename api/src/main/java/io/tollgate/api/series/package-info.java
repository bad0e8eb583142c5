/**
 * Series and their points: keys, kinds, units, times, values, and windows over them.
 *
 * <pre>
 *   SeriesKey, SeriesKind, Unit, scale ─▶ SeriesDefinition ─ Engine.define ─▶ StepSeries | FlowSeries
 *   SeriesPolicies, Window ─────────────────┘
 *   Instants, Decimals, Status: numbers and statuses that every other package uses
 * </pre>
 *
 * <p>Begin with {@link io.tollgate.api.series.SeriesDefinition}. The code of this package uses no other package.
 */
@NullMarked
package io.tollgate.api.series;

import org.jspecify.annotations.NullMarked;
