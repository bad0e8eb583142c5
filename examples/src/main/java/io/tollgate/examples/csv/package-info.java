/** Rows of input as records of text with their line numbers and faults, and output as CSV. */
package io.tollgate.examples.csv;
