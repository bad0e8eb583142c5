/**
 * CSV in and numbers out, as the example programs need them: records with their line numbers, bad ones as values
 * instead of exceptions, and doubles as plain decimal text.
 */
package io.tollgate.examples.csv;
