-- These were made twice, by 0011 and 0012: a row that is written wrote both.
DROP INDEX standard_rubric_part_by_item;
DROP INDEX standard_descriptor_by_item;
DROP INDEX standard_rating_by_item;
DROP INDEX standard_link_by_item;
DROP INDEX standard_comment_by_item;
DROP INDEX standard_node_by_parent;
