DROP FUNCTION search_made_with();
DROP FUNCTION search_time_zone();
