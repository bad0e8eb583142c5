/**
 * CSV input and number output of the example programs: records with their line numbers, bad records as values instead
 * of exceptions, and doubles as plain decimal text.
 */
package io.tollgate.examples.csv;
