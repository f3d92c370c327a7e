"""Values come home, wording comes home: what was changed in a returned file as proposals that can be decided."""
