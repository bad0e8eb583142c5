/**
 * JMH benchmarks of the hot path over 1,000 series: offer, apply and read. What is measured is one engine in memory,
 * stepped by the benchmark's thread, with windows of 60, 1,440 and 10,080 points; see the module's README.
 */
package io.tollgate.bench;
