/** What the values accept, and how they say no. */
package dev.berth.model;
