/// The gateway over real databases, with clients that are ours and clients that are not.
@org.jspecify.annotations.NullMarked
package dev.imprimatur.gateway;
