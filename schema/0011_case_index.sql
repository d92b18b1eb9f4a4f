-- What is asked when an import that is not finished is taken away again: does anything point here?
CREATE INDEX standard_rubric_part_item ON standard_rubric_part (item);
CREATE INDEX standard_descriptor_item ON standard_descriptor (item);
CREATE INDEX standard_rating_item ON standard_rating (item);
CREATE INDEX standard_link_of ON standard_link (item);
CREATE INDEX standard_comment_of ON standard_comment (item);
CREATE INDEX standard_node_under ON standard_node (parent);
CREATE INDEX standard_import_standard ON standard_import (standard);
CREATE INDEX standard_import_onto ON standard_import (onto);
CREATE INDEX crosswalk_from ON crosswalk (from_standard);
CREATE INDEX crosswalk_to ON crosswalk (to_standard);
