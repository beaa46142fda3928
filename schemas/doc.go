// Package schemas owns the vocabulary of heshu: document, figure, observation, locator, issue, exclusion.
//
// The words follow SDMX and Data Commons where they have a term. Every other package speaks in these types;
// this one depends on the standard library and the decimal type only.
package schemas
