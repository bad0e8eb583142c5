package io.tollgate.api.measure;

/** Meaning of the date of an end. Laws use both, so the caller must declare it. */
public enum EndDate {
    /** "Through 9 November": the measure is in force on that day, and ends at the start of the next one. */
    INCLUSIVE_DAY,
    /** "Until 12:01 a.m. on 10 November": the measure ends at that time of day, which is excluded. */
    EXCLUSIVE_INSTANT
}
