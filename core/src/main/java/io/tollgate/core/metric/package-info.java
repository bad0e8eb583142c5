/** Answers: metrics and their status, worked out of an exact summary when they are asked for. */
package io.tollgate.core.metric;
