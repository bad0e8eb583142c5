/** Engines as an operator of Apache Flink. */
@NullMarked
package io.tollgate.flink;

import org.jspecify.annotations.NullMarked;
