"""What the crawl's benchmarks share: a warm site, a bare spider to compare with, a watch over the event loop."""
