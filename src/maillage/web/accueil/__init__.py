"""The first screen: what do I owe, to whom, by when?"""
